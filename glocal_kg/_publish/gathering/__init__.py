"""What a release is made from: its parts, its counts, its terms, what it says about itself."""
