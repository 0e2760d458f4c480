"""What every form asks: definitions as data, the rules they follow, and the pages that show them."""
