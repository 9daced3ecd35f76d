using Connect.Caching.Naming;

namespace Connect.Caching.Tests.Naming;

public sealed class KeyRulesTests
{
    [Fact]
    public void Key_is_cacheable_unless_it_is_blank_too_long_or_has_a_control_character()
    {
        Assert.All(["a", " a", "\u007f", "한국어", new string('k', 1024)], key => Assert.True(KeyRules.IsCacheable(key)));
        Assert.All(["", " ", "a\0", "\u001fa", "a\nb", new string('k', 1025)], key => Assert.False(KeyRules.IsCacheable(key)));
    }
}
