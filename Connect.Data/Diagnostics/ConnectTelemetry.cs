using System.Diagnostics;

namespace Connect.Data.Diagnostics;

/// <summary>Names of Connect's own telemetry; <c>docs/telemetry.md</c> describes them.</summary>
public static partial class ConnectTelemetry
{
    /// <summary>Meter of the scraper.</summary>
    public const string ScraperMeter = "Connect.Scraper";

    /// <summary>Meter of explanations.</summary>
    public const string ExplanationsMeter = "Connect.Explanations";

    /// <summary>Meter of administration.</summary>
    public const string AdministrationMeter = "Connect.Administration";

    /// <summary>Meter of mails.</summary>
    public const string MailMeter = "Connect.Mail";

    /// <summary>Source of the spans around factories, matching and runs.</summary>
    public const string SourceName = "Connect";

    /// <summary>The source itself.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Names of spans. They are constant: ids and counts are attributes.</summary>
    public static class Activities
    {
        /// <summary>Rankings are computed ahead of their readers.</summary>
        public const string CacheWarming = "cache warming";

        /// <summary>Open programs are scored against a profile.</summary>
        public const string MatchRank = "match rank";

        /// <summary>A board's run, from its lease to its end.</summary>
        public const string ScrapeRun = "scrape run";

        /// <summary>The board is crawled and its rows are staged.</summary>
        public const string ScrapeRead = "scrape read";

        /// <summary>Staged rows become programs, in one transaction.</summary>
        public const string ScrapeMerge = "scrape merge";

        /// <summary>A model is asked.</summary>
        public const string ExplanationCall = "explanation call";

        /// <summary>A mail is handed to the mail server.</summary>
        public const string MailSend = "mail send";
    }

    /// <summary>Attributes and events of spans.</summary>
    public static class Attributes
    {
        /// <summary>A warming's trigger.</summary>
        public const string WarmingTrigger = "connect.cache.warming.trigger";

        /// <summary>Number of programs that were scored.</summary>
        public const string MatchPrograms = "connect.match.programs";

        /// <summary>Number of matches.</summary>
        public const string MatchCount = "connect.match.count";

        /// <summary>The board's agency.</summary>
        public const string ScrapeAgency = "connect.scrape.agency";

        /// <summary>The run's attempt, from 1.</summary>
        public const string ScrapeAttempt = "connect.scrape.attempt";

        /// <summary>Why a run is suspicious.</summary>
        public const string ScrapeReason = "connect.scrape.reason";

        /// <summary>Event: the run is suspicious.</summary>
        public const string ScrapeSuspicious = "connect.scrape.suspicious";

        /// <summary>Outcome of a call of the model.</summary>
        public const string ExplanationOutcome = "connect.explanations.outcome";

        /// <summary>A mail's template.</summary>
        public const string MailTemplate = "connect.mail.template";

        /// <summary>The mail's try, from 1.</summary>
        public const string MailAttempt = "connect.mail.attempt";

        /// <summary>What became of the try: <c>sent</c>, or the kind of failure.</summary>
        public const string MailOutcome = "connect.mail.outcome";
    }
}
