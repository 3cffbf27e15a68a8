"""Forms of the desk: what was typed is checked, and mistakes are explained."""
