using Connect.Api.Scrapes;
using Connect.Data.Model;
using Connect.Domain.Programs;

namespace Connect.Api.OpenApi.Examples;

internal static class ScrapeExamples
{
    private static readonly Guid Id = ContractExamples.Id(4);

    public static readonly object[] All =
    [
        new ScrapeRequest(Agency.NTIS),
        new ScrapeAccepted([Id]),
        new ScrapeRunPage(
            [
                new ScrapeRunItem(
                    Id, Agency.NTIS, ScrapeTrigger.Administrator, ScrapeStatus.Succeeded, ContractExamples.At(11, 23), ContractExamples.At(11, 23),
                    ContractExamples.At(11, 23, 9, 2), DurationSeconds: 118.4, Attempts: 1, ContractExamples.At(11, 23, 9, 2), Found: 80,
                    NotModified: 48, New: 24, Changed: 8, Unchanged: 48, Vanished: 1, Reposted: 2, Failed: 1, Error: null,
                    ["https://board.example.com/ntis/view?id=7731: the page has no title"]),
            ],
            NextCursor: null,
            [
                new ScrapedBoard(Agency.NTIS, Enabled: true, new LayoutEvidence(EvidenceBasis.SavedPage, EvidenceBasis.SavedPage, "2026-08")),
                new ScrapedBoard(Agency.KEIT, Enabled: false, new LayoutEvidence(EvidenceBasis.Description, EvidenceBasis.Description, "2026-09")),
            ]),
    ];
}
