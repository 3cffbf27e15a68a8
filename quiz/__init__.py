"""The weekly contest: papers, guesses, participation by commune, and winners by declared rules."""
