"""``python -m pipeline`` is the command ``gongbao``."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
