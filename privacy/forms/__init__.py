"""What people type, checked and explained."""
