using Connect.Data.Mails;
using Microsoft.AspNetCore.Identity.Data;

namespace Connect.Api.Identity.Mails;

/// <summary>
/// What Identity's routes answer about mails: 503 where the mail is all that a request is for and none can be sent, and nothing by
/// which the time of an answer tells whether an address has an account.
/// </summary>
internal sealed class IdentityMailFilter(MailAvailability availability, TimeProvider time) : IEndpointFilter
{
    /// <summary>Header of registrations: what becomes of the mail that confirms the address.</summary>
    public const string Header = "X-Confirmation-Mail";

    public const string Queued = "queued";
    public const string NotConfigured = "not-configured";

    // Longer than either way through the route takes.
    private static readonly TimeSpan EvenTime = TimeSpan.FromMilliseconds(250);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var route = (context.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var newEmail = context.Arguments.OfType<InfoRequest>().FirstOrDefault()?.NewEmail;
        var isAboutAddress = EndsWith("/forgotPassword") || EndsWith("/resendConfirmationEmail");
        if (!availability.IsConfigured && (isAboutAddress || !string.IsNullOrEmpty(newEmail)))
        {
            return Problems.MailNotConfigured();
        }

        if (!string.IsNullOrEmpty(newEmail) && !MailAddresses.IsValid(newEmail))
        {
            return Problems.Invalid("newEmail", Addresses.AddressErrors.NoAddress);
        }

        if (EndsWith("/register"))
        {
            context.HttpContext.Response.Headers[Header] = availability.IsConfigured ? Queued : NotConfigured;
        }

        if (!isAboutAddress)
        {
            return await next(context);
        }

        var even = Task.Delay(EvenTime, time, context.HttpContext.RequestAborted);
        var answer = await next(context);
        await even;
        return answer;

        bool EndsWith(string end) => route.EndsWith(end, StringComparison.OrdinalIgnoreCase);
    }
}
