namespace Connect.Api.Idempotency;

/// <summary>Registers idempotent writes.</summary>
internal static class IdempotencyRegistration
{
    public static void AddIdempotency(this IServiceCollection services) => services.AddSingleton<IdempotentWrites>();
}
