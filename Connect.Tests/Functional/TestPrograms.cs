using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Tests.Functional;

/// <summary>Announcements that a test puts into the database past a scrape.</summary>
internal static class TestPrograms
{
    /// <summary>The same announcement, classified as a scrape classifies it.</summary>
    public static FundingProgram Classified(this FundingProgram program)
    {
        program.Classify();
        return program;
    }
}
