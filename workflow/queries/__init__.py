"""What screens read: one file a screen. Reads only, through the scope of whoever asks."""
