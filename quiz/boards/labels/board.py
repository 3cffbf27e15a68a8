"""Vietnamese sentences of boards and of a round's findings."""

from core.values.text import N_
from quiz.boards.rules.board import BoardOrder
from quiz.boards.rules.board_finding import Lead, Roughly
from quiz.boards.rules.round_finding import QuestionLead, RoundLead, Share

ORDER: dict[BoardOrder, str] = {
    BoardOrder.RATE: N_("Trên 1.000 dân"),
    BoardOrder.PEOPLE: N_("Số người"),
    BoardOrder.TURNS: N_("Số lượt thi"),
    BoardOrder.CAPPED: N_("Lượt được tính"),
}
"""The words of the switch."""

FIGURE_UNIT: dict[BoardOrder, str] = {
    BoardOrder.RATE: N_("người trên 1.000 dân"),
    BoardOrder.PEOPLE: N_("người dự thi"),
    BoardOrder.TURNS: N_("lượt dự thi"),
    BoardOrder.CAPPED: N_("lượt được tính"),
}
"""The unit below the figure of a podium."""

FINDING: dict[tuple[Lead, BoardOrder], str] = {
    (Lead.ALONE, BoardOrder.RATE): N_("%(unit)s: cứ 1.000 dân có %(amount)s người thi"),
    (Lead.ALONE, BoardOrder.PEOPLE): N_("%(unit)s: %(amount)s người đã thi"),
    (Lead.ALONE, BoardOrder.TURNS): N_("%(unit)s: %(amount)s lượt thi"),
    (Lead.ALONE, BoardOrder.CAPPED): N_("%(unit)s: %(amount)s lượt được tính"),
    (Lead.SHARED, BoardOrder.RATE): N_("%(unit)s và %(other)s cùng dẫn đầu: cứ 1.000 dân có %(amount)s người thi"),
    (Lead.SHARED, BoardOrder.PEOPLE): N_("%(unit)s và %(other)s cùng dẫn đầu, mỗi nơi %(amount)s người thi"),
    (Lead.SHARED, BoardOrder.TURNS): N_("%(unit)s và %(other)s cùng dẫn đầu, mỗi nơi %(amount)s lượt thi"),
    (Lead.SHARED, BoardOrder.CAPPED): N_("%(unit)s và %(other)s cùng dẫn đầu, mỗi nơi %(amount)s lượt được tính"),
    (Lead.OVERTOOK, BoardOrder.RATE): N_("%(unit)s vượt lên đầu: cứ 1.000 dân có %(amount)s người thi"),
    (Lead.OVERTOOK, BoardOrder.PEOPLE): N_("%(unit)s vượt lên đầu với %(amount)s người thi"),
    (Lead.OVERTOOK, BoardOrder.TURNS): N_("%(unit)s vượt lên đầu với %(amount)s lượt thi"),
    (Lead.OVERTOOK, BoardOrder.CAPPED): N_("%(unit)s vượt lên đầu với %(amount)s lượt được tính"),
    (Lead.FAR, BoardOrder.RATE): N_("%(unit)s bỏ xa các nơi khác: cứ 1.000 dân có %(amount)s người thi"),
    (Lead.FAR, BoardOrder.PEOPLE): N_("%(unit)s bỏ xa các nơi khác với %(amount)s người thi"),
    (Lead.FAR, BoardOrder.TURNS): N_("%(unit)s bỏ xa các nơi khác với %(amount)s lượt thi"),
    (Lead.FAR, BoardOrder.CAPPED): N_("%(unit)s bỏ xa các nơi khác với %(amount)s lượt được tính"),
    (Lead.CLOSE, BoardOrder.RATE): N_("%(unit)s và %(other)s sát nhau: cứ 1.000 dân có khoảng %(amount)s người thi"),
    (Lead.CLOSE, BoardOrder.PEOPLE): N_("%(unit)s chỉ hơn %(other)s một chút, với %(amount)s người thi"),
    (Lead.CLOSE, BoardOrder.TURNS): N_("%(unit)s chỉ hơn %(other)s một chút, với %(amount)s lượt thi"),
    (Lead.CLOSE, BoardOrder.CAPPED): N_("%(unit)s chỉ hơn %(other)s một chút, với %(amount)s lượt được tính"),
    (Lead.AHEAD, BoardOrder.RATE): N_("%(unit)s dẫn đầu: cứ 1.000 dân có %(amount)s người thi"),
    (Lead.AHEAD, BoardOrder.PEOPLE): N_("%(unit)s dẫn đầu với %(amount)s người thi"),
    (Lead.AHEAD, BoardOrder.TURNS): N_("%(unit)s dẫn đầu với %(amount)s lượt thi"),
    (Lead.AHEAD, BoardOrder.CAPPED): N_("%(unit)s dẫn đầu với %(amount)s lượt được tính"),
}
"""The title of a board, by `rules.board.finding`."""

MANY_LEAD: dict[BoardOrder, str] = {
    BoardOrder.RATE: N_("%(n)s nơi cùng dẫn đầu: cứ 1.000 dân có %(amount)s người thi"),
    BoardOrder.PEOPLE: N_("%(n)s nơi cùng dẫn đầu, mỗi nơi %(amount)s người thi"),
    BoardOrder.TURNS: N_("%(n)s nơi cùng dẫn đầu, mỗi nơi %(amount)s lượt thi"),
    BoardOrder.CAPPED: N_("%(n)s nơi cùng dẫn đầu, mỗi nơi %(amount)s lượt được tính"),
}
"""The title of a board where more than two units share the first rank."""

ROUGHLY: dict[Roughly, str] = {
    Roughly.EXACTLY: N_("%(n)s"),
    Roughly.ALMOST: N_("gần %(n)s"),
    Roughly.OVER: N_("hơn %(n)s"),
    Roughly.UNDER_ONE: N_("chưa tới 1"),
}
"""A figure with decimals said with a whole number."""

ROUND_TITLE: dict[RoundLead, str] = {
    RoundLead.NO_ENTRY: N_("%(round)s: chưa có người dự thi"),
    RoundLead.NONE_PERFECT: N_("%(round)s: %(people)s người thi, chưa ai đúng hết"),
    RoundLead.ALL_PERFECT: N_("%(round)s: cả %(people)s người đều đúng hết"),
    RoundLead.SOME_PERFECT: N_("%(round)s: %(perfect)s trong %(people)s người đúng hết"),
    RoundLead.HARD_QUESTION: N_(
        "%(round)s: %(perfect)s trong %(people)s người đúng hết, câu %(question)s làm khó nhiều người nhất"
    ),
}
"""The title of a round's results, by `rules.round_finding.round_lead`."""

SHARE: dict[Share, str] = {
    Share.TENTHS: N_("%(tenths)s trong 10 người"),
    Share.ALMOST_HALF: N_("gần một nửa số người"),
    Share.HALF: N_("một nửa số người"),
    Share.OVER_HALF: N_("hơn một nửa số người"),
}
"""A share of people, as a sentence goes on with it."""
OF_FEW = N_("%(n)s trong %(people)s người")
"""The same of a few people."""

QUESTION_TITLE: dict[QuestionLead, str] = {
    QuestionLead.SLIP: N_("%(People)s nhầm câu %(question)s"),
    QuestionLead.HARD: N_("Câu %(question)s khó nhất: %(people)s chưa đúng"),
    QuestionLead.MOST_WRONG: N_("Câu %(question)s nhiều người sai nhất: %(people)s chưa đúng"),
    QuestionLead.EASY: N_("Câu nào cũng có ít nhất 8 trong 10 người trả lời đúng"),
    QuestionLead.PLAIN: N_("Câu hỏi và đáp án"),
}
"""The title of a round's questions, by `rules.round_finding.question_finding`."""
