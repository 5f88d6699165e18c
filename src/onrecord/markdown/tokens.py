"""What our own tokens are called, for those who write them and those who read them; nothing of markdown-it is loaded."""

PLAIN_LIST = "plain_list"  # the type of a token that stands for many items of a list, see `plain_list.py`
GOES_ON = "goes_on"  # in the `meta` of what begins a part of a list: another part follows
