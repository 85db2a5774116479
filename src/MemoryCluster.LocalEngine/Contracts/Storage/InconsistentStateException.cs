using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Another activation wrote the state since this one read it. When it escapes a grain, the activation ends, so that the next call reads again.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Whether the activation that met the conflict has yet to end because of it.</summary>
    internal bool IsSourceActivation { get; set; } = true;

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }
}
