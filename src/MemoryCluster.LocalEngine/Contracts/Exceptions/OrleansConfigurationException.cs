namespace Orleans.Runtime;

/// <summary>The engine was set up in a way that cannot work.</summary>
public sealed class OrleansConfigurationException : OrleansException
{
    public OrleansConfigurationException()
        : base("Configuration error")
    {
    }

    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
