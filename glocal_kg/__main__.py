"""``python -m glocal_kg``: the command without the script on the path."""

from glocal_kg._cli import main

if __name__ == "__main__":
    main()
