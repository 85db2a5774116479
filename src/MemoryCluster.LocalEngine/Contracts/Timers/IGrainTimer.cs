namespace Orleans.Runtime;

/// <summary>A timer of one activation; it dies with it.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}
