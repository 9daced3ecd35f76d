using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using Connect.Data.Mails;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Mails;

/// <summary>Settings of sending, in the same section as the mail server.</summary>
internal sealed class MailSendingOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = MailOptions.SectionName;

    /// <summary>Time between two looks at the outbox. 50 ms to 1 min; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Pause after a mail's first failure; it doubles up to <see cref="MaxRetryDelay"/>, and up to half of it is left out at random.
    /// 50 ms to 1 h; default 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest pause between two tries. 50 ms to 6 h; default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "06:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Mails that an instance sends in a minute at most. 1 to 60,000; default 120.</summary>
    [Range(1, 60_000)]
    public int MaxPerMinute { get; set; } = 120;

    /// <summary>Judges the server's certificate in tests; null for the platform's own judgement. Not configurable.</summary>
    internal RemoteCertificateValidationCallback? CertificateValidation { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxRetryDelay < FirstRetryDelay)
        {
            yield return new ValidationResult($"{nameof(MaxRetryDelay)} is not below {nameof(FirstRetryDelay)}.");
        }
    }

    /// <summary>The pause before the next try.</summary>
    /// <param name="failures">Tries that failed, at least one.</param>
    public TimeSpan RetryDelay(int failures)
    {
        var longest = Math.Min(FirstRetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)), MaxRetryDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (1 - (Random.Shared.NextDouble() / 2)));
    }
}

[OptionsValidator]
internal sealed partial class MailSendingOptionsValidator : IValidateOptions<MailSendingOptions>;
