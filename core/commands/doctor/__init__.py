"""`flask doctor`: check the machine, the instance and its surroundings, and say how to mend each fault."""
