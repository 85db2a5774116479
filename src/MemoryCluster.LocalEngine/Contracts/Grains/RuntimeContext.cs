namespace Orleans.Runtime;

/// <summary>The activation whose turn the current thread runs, or whose grain it is constructing.</summary>
internal static class RuntimeContext
{
    public static IGrainContext? Current => SynchronizationContext.Current as IGrainContext;
}
