"""`python -m interview_platform …`: the commands are in cli.py."""

from interview_platform.cli import main

if __name__ == "__main__":
    main()
