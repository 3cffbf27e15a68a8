"""Comments of invented citizens at the counters: praise and blame, without names."""

from dataclasses import dataclass

from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level


@dataclass(frozen=True)
class Comment:
    """A comment at a counter; `since` and `until` are the part of the year (0 to 1) in which it was written."""

    counter: int
    level: Level
    reasons: tuple[str, ...]
    text: str
    since: float = 0.0
    until: float = 1.0


def _praise(counter: int, text: str, *reasons: str, level: int = 5, since: float = 0.0) -> Comment:
    return Comment(counter, Level(level), reasons, text, since=since)


def _blame(counter: int, text: str, *reasons: str, level: int = 2, until: float = 1.0) -> Comment:
    return Comment(counter, Level(level), reasons, text, until=until)


COMMENTS = (
    _praise(1, "Cán bộ vui vẻ, chỉ từng ô trong tờ khai cho tôi.", quick.ATTITUDE, quick.GUIDANCE),
    _praise(1, "Làm giấy khai sinh cho cháu nhanh, chờ mười phút là có.", quick.PROCESSING),
    _praise(1, "Có người nói được tiếng Tày nên mẹ tôi tự làm được.", quick.ATTITUDE),
    _praise(1, "Chứng thực xong ngay trong buổi sáng.", quick.PROCESSING, level=4),
    _praise(1, "Được hướng dẫn nộp qua mạng, lần sau đỡ phải ra xã.", quick.GUIDANCE, level=4),
    _praise(1, "Cán bộ chào hỏi lịch sự.", quick.ATTITUDE),
    _praise(1, "Thiếu một tờ nhưng được nhắc ngay, không phải về.", quick.TRIPS, level=4),
    _blame(1, "Sáng thứ Hai đông quá, chờ hơn một tiếng.", quick.WAITING, level=3),
    _blame(1, "Máy in hỏng, tôi phải quay lại buổi chiều.", quick.FACILITIES, quick.TRIPS),
    _blame(2, "Hồ sơ đất quá hẹn hai tuần không ai báo.", quick.PROCESSING, level=1, until=0.6),
    _blame(2, "Đi lại ba lần vì mỗi lần lại thiếu một giấy khác.", quick.TRIPS, quick.GUIDANCE, level=1, until=0.7),
    _blame(2, "Hẹn ngày 15 nhưng ngày 28 mới có.", quick.PROCESSING, until=0.6),
    _blame(2, "Hỏi thì bảo chờ, không nói chờ đến bao giờ.", quick.PROCESSING, quick.GUIDANCE, until=0.8),
    _blame(2, "Nhà xa hơn hai chục cây số, lên mà không gặp người giải quyết.", quick.TRIPS, until=0.7),
    _blame(2, "Tờ khai khó hiểu quá, chữ nhỏ.", quick.GUIDANCE, level=3),
    _blame(2, "Ít ghế, người già phải đứng.", quick.FACILITIES, level=3),
    _blame(2, "Nộp tiền xong không thấy đưa biên lai, hỏi mới có.", quick.COST, until=0.5),
    _blame(2, "Đề nghị nhắn tin khi có kết quả để dân khỏi đi lại.", quick.TRIPS, level=3),
    _praise(2, "Dạo này trả kết quả đúng hẹn hơn trước.", quick.PROCESSING, level=4, since=0.7),
    _praise(2, "Lần này được nhắn tin báo chậm và xin lỗi, thế là được.", quick.PROCESSING, level=4, since=0.75),
    _praise(2, "Cán bộ mới hướng dẫn kỹ, có bản mẫu điền sẵn.", quick.GUIDANCE, since=0.7),
    _praise(2, "Trả sổ trước hẹn ba ngày, cảm ơn.", quick.PROCESSING, since=0.8),
    _praise(3, "Bố tôi là thương binh, được mời ngồi và làm trước.", quick.ATTITUDE),
    _praise(3, "Hồ sơ trợ cấp được giải thích rõ ràng.", quick.GUIDANCE),
    _praise(3, "Làm nhanh, không phải chờ.", quick.WAITING, level=4),
    _praise(3, "Gọi điện báo ra nhận, không phải đi hỏi.", quick.TRIPS),
    _blame(3, "Buổi trưa đến sớm phải đứng ngoài nắng.", quick.FACILITIES, level=3),
    _blame(3, "Danh sách chi trả dán chỗ khuất, khó thấy.", quick.GUIDANCE, level=3),
)
