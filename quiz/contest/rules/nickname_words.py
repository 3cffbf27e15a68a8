"""Words that no nickname may have, kept as data: insults, words of office, family names."""

INSULTS = frozenset(
    (
        "địt", "đụ", "đéo", "đếch", "lồn", "buồi", "cặc", "cứt", "đĩ", "điếm", "cave", "ngu", "óc chó", "chó chết",
        "con chó", "đồ chó", "chó đẻ", "súc vật", "mẹ mày", "bố mày", "mất dạy", "khốn nạn", "đồ khùng", "đồ điên",
        "phản động", "bán nước", "tham nhũng", "việt cộng", "cờ vàng", "vcl", "vkl", "vl", "dcm", "đcm", "đm", "dmm",
        "đmm", "clgt", "cmm", "dit me", "du ma", "deo", "con cho", "oc cho", "me may", "mat day", "khon nan",
        "phan dong", "ban nuoc", "tham nhung", "fuck", "shit", "bitch", "sex", "hiếp", "giết", "chém",
    )
)  # fmt: skip
"""Compared as whole words with their marks, since "ngu" is no "ngủ"; those without marks stand for typing without."""

OFFICES = frozenset(
    (
        "ubnd", "uy ban", "ban to chuc", "btc", "cong an", "chu tich", "bi thu", "dang uy", "dang bo", "hdnd",
        "hoi dong", "mat tran", "mttq", "truong thon", "truong ban", "to truong", "can bo", "lang nghe", "giam doc",
        "hieu truong", "nha nuoc", "chinh phu", "quoc hoi", "quan doi", "toa an", "vien kiem sat", "thu tuong",
        "bo truong", "tong bi thu", "bac ho", "ho chi minh", "ban giam khao", "giam khao", "quan tri", "admin",
        "trung uong", "so tu phap", "phong tu phap", "bo cong an", "dan quan",
    )
)  # fmt: skip
"""Compared as whole words without their marks."""

FAMILY_NAMES = frozenset(
    (
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
        "dương", "lý", "đào", "đoàn", "vương", "trịnh", "trương", "đinh", "lâm", "phùng", "mai", "tô", "hà", "tạ",
        "lương", "nông", "vàng", "giàng", "lò", "sùng", "thào", "vi", "hứa", "triệu", "quách", "cao", "chu", "châu",
        "thái", "kiều", "tống", "nghiêm", "lưu", "hoàn", "tăng", "đàm", "bế", "ma", "lù", "cứ", "hờ", "ksor",
    )
)  # fmt: skip
"""First words of names of people: with two more words, or with Văn or Thị, they read as somebody's name."""

CERTAIN_FAMILY_NAMES = frozenset(("nguyễn", "trần", "phạm", "huỳnh", "võ", "bùi", "đặng", "ngô"))
"""Those that are hardly another word, so that one further word is enough."""
