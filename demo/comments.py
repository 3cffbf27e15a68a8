"""What invented citizens wrote at the counters: praise and blame, nobody named."""

from dataclasses import dataclass

from survey.instrument.rules import Level, Reason


@dataclass(frozen=True)
class Comment:
    """A comment at a counter; `since` and `until` say in which part of the year (0 to 1) it was written."""

    counter: int
    level: Level
    reasons: tuple[Reason, ...]
    text: str
    since: float = 0.0
    until: float = 1.0


def _praise(counter: int, text: str, *reasons: Reason, level: int = 5, since: float = 0.0) -> Comment:
    return Comment(counter, Level(level), reasons, text, since=since)


def _blame(counter: int, text: str, *reasons: Reason, level: int = 2, until: float = 1.0) -> Comment:
    return Comment(counter, Level(level), reasons, text, until=until)


COMMENTS = (
    _praise(1, "Cán bộ vui vẻ, chỉ từng ô trong tờ khai cho tôi.", Reason.ATTITUDE, Reason.GUIDANCE),
    _praise(1, "Làm giấy khai sinh cho cháu nhanh, chờ mười phút là có.", Reason.PROCESSING),
    _praise(1, "Có người nói được tiếng Tày nên mẹ tôi tự làm được.", Reason.ATTITUDE),
    _praise(1, "Chứng thực xong ngay trong buổi sáng.", Reason.PROCESSING, level=4),
    _praise(1, "Được hướng dẫn nộp qua mạng, lần sau đỡ phải ra xã.", Reason.GUIDANCE, level=4),
    _praise(1, "Cán bộ chào hỏi lịch sự.", Reason.ATTITUDE),
    _praise(1, "Thiếu một tờ nhưng được nhắc ngay, không phải về.", Reason.TRIPS, level=4),
    _blame(1, "Sáng thứ Hai đông quá, chờ hơn một tiếng.", Reason.WAITING, level=3),
    _blame(1, "Máy in hỏng, tôi phải quay lại buổi chiều.", Reason.FACILITIES, Reason.TRIPS),
    _blame(2, "Hồ sơ đất quá hẹn hai tuần không ai báo.", Reason.PROCESSING, level=1, until=0.6),
    _blame(2, "Đi lại ba lần vì mỗi lần lại thiếu một giấy khác.", Reason.TRIPS, Reason.GUIDANCE, level=1, until=0.7),
    _blame(2, "Hẹn ngày 15 nhưng ngày 28 mới có.", Reason.PROCESSING, until=0.6),
    _blame(2, "Hỏi thì bảo chờ, không nói chờ đến bao giờ.", Reason.PROCESSING, Reason.GUIDANCE, until=0.8),
    _blame(2, "Nhà xa hơn hai chục cây số, lên mà không gặp người giải quyết.", Reason.TRIPS, until=0.7),
    _blame(2, "Tờ khai khó hiểu quá, chữ nhỏ.", Reason.GUIDANCE, level=3),
    _blame(2, "Ít ghế, người già phải đứng.", Reason.FACILITIES, level=3),
    _blame(2, "Nộp tiền xong không thấy đưa biên lai, hỏi mới có.", Reason.COST, until=0.5),
    _blame(2, "Đề nghị nhắn tin khi có kết quả để dân khỏi đi lại.", Reason.TRIPS, level=3),
    _praise(2, "Dạo này trả kết quả đúng hẹn hơn trước.", Reason.PROCESSING, level=4, since=0.7),
    _praise(2, "Lần này được nhắn tin báo chậm và xin lỗi, thế là được.", Reason.PROCESSING, level=4, since=0.75),
    _praise(2, "Cán bộ mới hướng dẫn kỹ, có bản mẫu điền sẵn.", Reason.GUIDANCE, since=0.7),
    _praise(2, "Trả sổ trước hẹn ba ngày, cảm ơn.", Reason.PROCESSING, since=0.8),
    _praise(3, "Bố tôi là thương binh, được mời ngồi và làm trước.", Reason.ATTITUDE),
    _praise(3, "Hồ sơ trợ cấp được giải thích rõ ràng.", Reason.GUIDANCE),
    _praise(3, "Làm nhanh, không phải chờ.", Reason.WAITING, level=4),
    _praise(3, "Gọi điện báo ra nhận, không phải đi hỏi.", Reason.TRIPS),
    _blame(3, "Buổi trưa đến sớm phải đứng ngoài nắng.", Reason.FACILITIES, level=3),
    _blame(3, "Danh sách chi trả dán chỗ khuất, khó thấy.", Reason.GUIDANCE, level=3),
)
