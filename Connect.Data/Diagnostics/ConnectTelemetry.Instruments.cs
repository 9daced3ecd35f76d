namespace Connect.Data.Diagnostics;

/// <content>Instruments and their dimensions.</content>
public static partial class ConnectTelemetry
{
    /// <summary>Instruments of warmings, on the cache's meter.</summary>
    public static class Warming
    {
        public const string Organizations = "connect.cache.warming.organizations";
        public const string Duration = "connect.cache.warming.duration";
        public const string Running = "connect.cache.warming.running";
    }

    /// <summary>Instruments of <see cref="ScraperMeter"/>.</summary>
    public static class Scraper
    {
        public const string Runs = "connect.scraper.runs";
        public const string SuspiciousRuns = "connect.scraper.suspicious_runs";
        public const string RunDuration = "connect.scraper.run.duration";
        public const string LastSuccess = "connect.scraper.last_success";
        public const string Programs = "connect.scraper.programs";
        public const string Rows = "connect.scraper.rows";
    }

    /// <summary>Instruments of <see cref="ExplanationsMeter"/>.</summary>
    public static class Explanations
    {
        public const string Calls = "connect.explanations.calls";
        public const string CallDuration = "connect.explanations.call.duration";
        public const string Tokens = "connect.explanations.tokens";
        public const string Cost = "connect.explanations.cost";
        public const string Texts = "connect.explanations.texts";
        public const string Fallbacks = "connect.explanations.fallbacks";
        public const string WaitDuration = "connect.explanations.wait.duration";
    }

    /// <summary>Instruments of <see cref="AdministrationMeter"/>.</summary>
    public static class Administration
    {
        public const string Refused = "connect.administration.refused";
    }

    /// <summary>Instruments of <see cref="MailMeter"/>.</summary>
    public static class Mail
    {
        public const string Sent = "connect.mail.sent";
        public const string Failures = "connect.mail.failures";
        public const string Waiting = "connect.mail.waiting";
        public const string OldestAge = "connect.mail.oldest_age";
    }

    /// <summary>Dimensions: few values each, never a key, an id, an address or a person.</summary>
    public static class Dimensions
    {
        public const string Agency = "agency";
        public const string Direction = "direction";
        public const string ErrorType = "error.type";
        public const string Kind = "kind";
        public const string Layer = "layer";
        public const string Method = "method";
        public const string Operation = "operation";
        public const string Outcome = "outcome";
        public const string Reason = "reason";
        public const string Result = "result";
        public const string Source = "source";
        public const string Status = "status";
        public const string Tag = "tag";
        public const string Trigger = "trigger";
        public const string Type = "type";
    }
}
