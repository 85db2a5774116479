using System.Reflection;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>The shape of what a grain method returns.</summary>
internal readonly record struct MethodResult(Type ValueType, bool IsValueTask)
{
    public bool HasValue => ValueType != typeof(VoidResult);

    public Type TaskType => HasValue ? typeof(Task<>).MakeGenericType(ValueType) : typeof(Task);

    public static MethodResult Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (method.IsGenericMethodDefinition || Array.Exists(method.GetParameters(), parameter => parameter.ParameterType.IsByRef))
        {
            throw NotCallable(method, "it is generic or has a parameter by reference");
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition switch
        {
            _ when definition == typeof(Task) => new(typeof(VoidResult), IsValueTask: false),
            _ when definition == typeof(ValueTask) => new(typeof(VoidResult), IsValueTask: true),
            _ when definition == typeof(Task<>) => new(type.GetGenericArguments()[0], IsValueTask: false),
            _ when definition == typeof(ValueTask<>) => new(type.GetGenericArguments()[0], IsValueTask: true),
            _ => throw NotCallable(method, $"it returns {type.Name}, not a Task or ValueTask"),
        };
    }

    private static NotSupportedException NotCallable(MethodInfo method, string why) =>
        new($"{method.DeclaringType}.{method.Name} cannot be called across grains: {why}.");
}
