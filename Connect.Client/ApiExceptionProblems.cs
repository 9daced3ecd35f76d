namespace Connect.Client;

/// <summary>What the API says of an error.</summary>
public static class ApiExceptionProblems
{
    /// <summary>
    /// The error's stable name, such as <c>urn:connect:problem:not-found</c>; null where the answer had none, as that of a proxy.
    /// </summary>
    /// <param name="exception">Of any operation.</param>
    public static string? ProblemType(this ApiException exception) => exception switch
    {
        ApiException<ProblemDetails> { Result: var problem } => problem.Type,
        ApiException<HttpValidationProblemDetails> { Result: var problem } => problem.Type,
        _ => null,
    };
}
