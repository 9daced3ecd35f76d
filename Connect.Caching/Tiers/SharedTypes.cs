using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Connect.Caching.Tiers;

/// <summary>The types of which all callers may get one object, because none can change it: those that HybridCache does not copy either.</summary>
internal static class SharedTypes
{
    public static bool Includes<T>() => Of<T>.AreShared;

    private static class Of<T>
    {
        public static readonly bool AreShared = typeof(T) == typeof(string)
            || !RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            || ((typeof(T).IsSealed || typeof(T).IsValueType) && typeof(T).GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true });
    }
}
