"""Official documents of a round and of a contest, in the layout of NĐ 30/2020, which are Vietnamese."""
