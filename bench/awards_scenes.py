"""Scenes of the files that leave the house: of a round, of a contest, and the page that verifies a certificate."""

from __future__ import annotations

from bench.scenes import QUIZ, Scene, at

AWARDS_SCENES = [
    Scene("ql-ho-so", "Hồ sơ một tuần đã công bố", at(QUIZ + "/{past}/tuan/1/ho-so"), "organiser"),
    Scene("ql-ho-so-cho", "Hồ sơ một tuần chờ công bố", at(QUIZ + "/{running}/tuan/2/ho-so"), "organiser"),
    Scene("ql-ho-so-chua", "Hồ sơ một tuần chưa chốt", at(QUIZ + "/{running}/tuan/3/ho-so"), "organiser"),
    Scene("ql-ho-so-ca", "Hồ sơ cả cuộc thi", at(QUIZ + "/{past}/ho-so"), "organiser"),
    Scene("ct-xac-minh", "Xác minh giấy chứng nhận", at("/thi/xac-minh")),
    Scene("ct-xac-minh-sai", "Xác minh: không có giấy nào mang mã này", at("/thi/xac-minh?ma=7K3M-9QXZ")),
]
