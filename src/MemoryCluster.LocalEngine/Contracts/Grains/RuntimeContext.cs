namespace Orleans.Runtime;

/// <summary>The activation whose turn the current thread runs, or whose grain it is constructing.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current
    {
        get => _current;
        set => _current = value;
    }
}
