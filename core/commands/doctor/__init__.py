"""`flask doctor`: check the machine, the instance and its surroundings, and print how to repair each fault."""
