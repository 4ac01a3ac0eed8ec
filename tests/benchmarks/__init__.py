"""What bin/bench measures: how long the product takes, beside a yardstick measured in the same run."""
