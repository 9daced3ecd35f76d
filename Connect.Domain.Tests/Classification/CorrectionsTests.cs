using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;

namespace Connect.Domain.Tests.Classification;

/// <summary>Values of corrected fields, and what follows from them.</summary>
public sealed class CorrectionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CorrectedField.Kind, "Support")]
    [InlineData(CorrectedField.Deadline, "2026-12-18T18:00:00+09:00")]
    [InlineData(CorrectedField.Deadline, null)]
    [InlineData(CorrectedField.BudgetAmount, "999999999999999999")]
    [InlineData(CorrectedField.BudgetAmount, null)]
    [InlineData(CorrectedField.TargetTypes, "ResearchInstitute | Company")]
    [InlineData(CorrectedField.TargetTypes, null)]
    [InlineData(CorrectedField.Sectors, "Marine | Ict")]
    [InlineData(CorrectedField.Sectors, null)]
    public void Value_that_is_written_is_read_again(CorrectedField field, string? text)
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 공고");

        program.Write(field, text, Now);

        Assert.Equal(text, program.Read(field));
    }

    [Theory]
    [InlineData(ProgramStatus.Active, "2026-05-31", "2026-12-18T18:00:00+09:00", ProgramStatus.Active)]
    [InlineData(ProgramStatus.Active, "2026-12-18", "2026-05-31T18:00:00+09:00", ProgramStatus.Expired)]
    [InlineData(ProgramStatus.Upcoming, "2026-12-18", "2026-05-31T18:00:00+09:00", ProgramStatus.Expired)]
    [InlineData(ProgramStatus.Expired, "2026-05-31", "2026-12-18T18:00:00+09:00", ProgramStatus.Active)]
    [InlineData(ProgramStatus.Expired, "2026-05-31", null, ProgramStatus.Active)]
    [InlineData(ProgramStatus.Expired, "2026-12-17", "2026-12-18T18:00:00+09:00", ProgramStatus.Expired)]
    [InlineData(ProgramStatus.Archived, "2026-05-31", "2026-12-18T18:00:00+09:00", ProgramStatus.Archived)]
    public void Status_follows_the_deadline(ProgramStatus before, string deadline, string? set, ProgramStatus after)
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 공고");
        (program.Status, program.Deadline) = (before, DateTimeOffset.Parse(deadline + "T00:00:00Z", null));

        program.Write(CorrectedField.Deadline, set, Now);

        Assert.Equal(after, program.Status);
    }

    [Theory]
    [InlineData(-1, 20)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(null, null)]
    public void Next_round_counts_where_the_deadline_has_passed(int? deadline, int? expected)
    {
        var program = WithRounds(deadline);

        var isMoved = program.MoveToNextRound(null, Now);

        Assert.Equal((expected == 20, Day(expected), expected == 20 ? Day(10) : null), (isMoved, program.Deadline, program.ApplicationStart));
        Assert.False(program.MoveToNextRound(null, Now));
        program.Deadline = Day(-1);
        Assert.True(program.MoveToNextRound(null, Now.AddDays(21)));
        Assert.Null(program.Deadline);
    }

    [Fact]
    public void Last_round_stays_when_all_have_ended()
    {
        var program = WithRounds(20);
        program.Periods = [.. program.Periods.Where(period => period.End is not null)];

        Assert.False(program.MoveToNextRound(null, Now.AddDays(40)));
        Assert.Equal(Day(20), program.Deadline);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Next_round_is_what_the_board_says_of_a_deadline_that_is_set_by_hand(bool isConflict)
    {
        var program = WithRounds(isConflict ? -1 : 5);
        var correction = new ProgramCorrection
        {
            Field = CorrectedField.Deadline,
            Value = "2026-06-06T09:00:00+09:00",
            BoardValue = "2026-05-31T09:00:00+09:00",
            Reason = "공고문과 다릅니다",
            ConflictAt = isConflict ? Now : null,
        };

        Assert.True(program.MoveToNextRound(correction, Now));
        Assert.False(program.MoveToNextRound(correction, Now));

        Assert.Equal((Day(isConflict ? 20 : 5), Day(10)), (program.Deadline, program.ApplicationStart));
        Assert.Equal("2026-06-21T09:00:00+09:00", correction.BoardValue);

        // The board is read in that round.
        program.Deadline = Day(20);
        program.Apply([correction], rulesChanged: false, Now);
        Assert.Equal((isConflict, Day(isConflict ? 20 : 5)), (correction.ConflictAt is not null, program.Deadline));
    }

    [Fact]
    public void Advance_notice_that_is_a_call_by_hand_is_open_and_upcoming_again_when_it_is_given_back()
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 신규과제 사전공고");
        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), (program.Kind, program.Status));

        program.Write(CorrectedField.Kind, nameof(ProgramKind.Call), Now);
        Assert.Equal((ProgramKind.Call, ProgramStatus.Active), (program.Kind, program.Status));

        program.Classify();
        Assert.Equal((ProgramKind.Notice, ProgramStatus.Upcoming), (program.Kind, program.Status));
        (program.Status, program.Deadline) = (ProgramStatus.Expired, Now.AddDays(-1));
        program.Write(CorrectedField.Deadline, null, Now);
        Assert.Equal(ProgramStatus.Upcoming, program.Status);
    }

    [Theory]
    [InlineData("1000", false, "2000", false)]
    [InlineData("2000", false, "2000", false)]
    [InlineData("3000", false, "3000", true)]
    [InlineData("3000", true, "3000", true)]
    public void Boards_change_is_a_conflict_unless_it_is_what_was_set(string board, bool rulesChanged, string expected, bool isConflict)
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 공고");
        program.Write(CorrectedField.BudgetAmount, board, Now);
        var correction = new ProgramCorrection { Field = CorrectedField.BudgetAmount, Value = "2000", BoardValue = "1000", Reason = "공고문" };

        program.Apply([correction], rulesChanged, Now);

        Assert.Equal((expected, board, isConflict), (program.Read(CorrectedField.BudgetAmount), correction.BoardValue, correction.ConflictAt is not null));
    }

    [Fact]
    public void Sectors_by_hand_are_those_of_matching()
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 공고");

        program.Write(CorrectedField.Sectors, "Marine", Now);

        Assert.Equal((Sector.Marine, SectorOrigin.Words), (Assert.Single(program.Traits.Sectors).Sector, program.Traits.SectorOrigin));
        Assert.Equal(EvidenceSource.Hand, Assert.Single(program.Evidence, found => found.What == "sector").Source);
        program.Write(CorrectedField.Sectors, null, Now);
        Assert.Equal(SectorOrigin.None, program.Traits.SectorOrigin);
    }

    private static DateTimeOffset? Day(int? day) => day is { } days ? Now.AddDays(days) : null;

    // The rounds do not stand in the order in which they end.
    private static FundingProgram WithRounds(int? deadline)
    {
        var program = ProgramOf("2026년 인공지능 기술개발사업 공고");
        program.Deadline = Day(deadline);
        program.Periods =
        [
            new(Day(25), null, IsReplaced: false),
            new(Day(10), Day(20), IsReplaced: false),
            new(Day(-10), Day(-1), IsReplaced: false),
            new(Day(10), Day(15), IsReplaced: true),
        ];
        return program;
    }

    private static FundingProgram ProgramOf(string title)
    {
        var program = new FundingProgram { Title = title, AnnouncementUrl = "https://example.com/1", IdentityKey = "1", Fingerprint = "1" };
        program.Classify();
        return program;
    }
}
