"""What staff type about accounts, and how we explain what is wrong."""
