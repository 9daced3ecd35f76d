using System.Diagnostics;

namespace Connect.Data.Diagnostics;

/// <summary>Names of Connect's own telemetry, in one place; <c>docs/telemetry.md</c> says what each means.</summary>
public static partial class ConnectTelemetry
{
    /// <summary>Meter of the scraper.</summary>
    public const string ScraperMeter = "Connect.Scraper";

    /// <summary>Meter of explanations.</summary>
    public const string ExplanationsMeter = "Connect.Explanations";

    /// <summary>Meter of administration.</summary>
    public const string AdministrationMeter = "Connect.Administration";

    /// <summary>Source of the spans around factories, matching and runs.</summary>
    public const string SourceName = "Connect";

    /// <summary>The source itself.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Names of spans. They are few: what differs from one to the next is an attribute.</summary>
    public static class Activities
    {
        /// <summary>Rankings are computed ahead of their readers.</summary>
        public const string CacheWarming = "cache warming";

        /// <summary>Open calls are scored against a profile.</summary>
        public const string MatchRank = "match rank";

        /// <summary>A board's run, from its claim to its end.</summary>
        public const string ScrapeRun = "scrape run";

        /// <summary>The board is read: requests to the agency, and rows that are staged.</summary>
        public const string ScrapeRead = "scrape read";

        /// <summary>What was read becomes calls, in one transaction.</summary>
        public const string ScrapeMerge = "scrape merge";

        /// <summary>A model is asked.</summary>
        public const string ExplanationCall = "explanation call";
    }

    /// <summary>Attributes and events of spans.</summary>
    public static class Attributes
    {
        /// <summary>What asked for a warming.</summary>
        public const string WarmingTrigger = "connect.cache.warming.trigger";

        /// <summary>How many calls were gone through.</summary>
        public const string MatchPrograms = "connect.match.programs";

        /// <summary>How many matches came of it.</summary>
        public const string MatchCount = "connect.match.count";

        /// <summary>Whose board.</summary>
        public const string ScrapeAgency = "connect.scrape.agency";

        /// <summary>How often the run was taken up.</summary>
        public const string ScrapeAttempt = "connect.scrape.attempt";

        /// <summary>Why a run is not believed.</summary>
        public const string ScrapeReason = "connect.scrape.reason";

        /// <summary>Event: the run is not believed.</summary>
        public const string ScrapeSuspicious = "connect.scrape.suspicious";

        /// <summary>What came of a call of the model.</summary>
        public const string ExplanationOutcome = "connect.explanations.outcome";
    }
}
