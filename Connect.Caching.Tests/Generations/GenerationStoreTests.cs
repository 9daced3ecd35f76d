using Connect.Caching.Generations;

namespace Connect.Caching.Tests.Generations;

public sealed class GenerationStoreTests
{
    [Theory]
    [InlineData("1763894000000000 programs", true, "programs", 1763894000000000)]
    [InlineData("5 org:with space", true, "org:with space", 5)]
    [InlineData("programs", false, "", 0)]
    [InlineData("", false, "", 0)]
    [InlineData("x programs", false, "", 0)]
    [InlineData("-5 programs", false, "", 0)]
    public void Notification_is_taken_apart_or_ignored(string payload, bool isOne, string counter, long generation)
    {
        Assert.Equal(isOne, GenerationStore.TryParseNotification(payload, out var heardCounter, out var heardGeneration));
        Assert.Equal((counter, generation), (heardCounter, heardGeneration));
    }
}
