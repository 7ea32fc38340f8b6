"""How Tasuki works: doors, corridor, delivery, and the commands."""
