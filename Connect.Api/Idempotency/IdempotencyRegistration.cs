namespace Connect.Api.Idempotency;

/// <summary>Registers what repeated writes need.</summary>
internal static class IdempotencyRegistration
{
    public static void AddIdempotency(this IServiceCollection services) => services.AddSingleton<IdempotentWrites>();
}
