using Microsoft.Extensions.Logging;

namespace Connect.LocalAspire.Console;

/// <summary>Hands the lines to the AppHost's own logging: what a test sees.</summary>
internal sealed partial class LoggerLog(ILoggerFactory loggers) : IResourceLog
{
    public void Write(string source, string line)
    {
        var logger = loggers.CreateLogger($"Connect.Resources.{source}");
        Log.Line(logger, line);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Line}")]
        public static partial void Line(ILogger logger, string line);
    }
}
