using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>Emits and keeps the proxy class of every grain interface, once per process.</summary>
internal static class ProxyTypes
{
    private const string AssemblyName = "MemoryCluster.LocalEngine.Emitted";
    private static readonly ConcurrentDictionary<Type, ProxyFactory> Known = new();
    private static readonly Lock Gate = new();
    private static readonly AssemblyBuilder Assembly =
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run);

    private static readonly ModuleBuilder Module = Assembly.DefineDynamicModule(AssemblyName);
    private static readonly ConstructorInfo IgnoresAccessChecksTo = DefineIgnoresAccessChecksTo();
    private static readonly HashSet<string> Opened = [];
    private static int _count;

    public static ProxyFactory Of(Type @interface) => Known.TryGetValue(@interface, out var known) ? known : Emit(@interface);

    private static ProxyFactory Emit(Type @interface)
    {
        lock (Gate)
        {
            if (Known.TryGetValue(@interface, out var known))
            {
                return known;
            }

            Open(typeof(ProxyTypes).Assembly);
            Open(@interface.Assembly);
            foreach (var inherited in @interface.GetInterfaces())
            {
                Open(inherited.Assembly);
            }

            return Known[@interface] = new ProxyEmitter(Module, @interface, ++_count).Emit();
        }
    }

    // Grain interfaces and the records they carry may be internal to their assemblies.
    private static void Open(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (Opened.Add(name))
        {
            Assembly.SetCustomAttribute(new CustomAttributeBuilder(IgnoresAccessChecksTo, [name]));
        }
    }

    // The runtime knows this attribute by name; no library declares it.
    private static ConstructorInfo DefineIgnoresAccessChecksTo()
    {
        var type = Module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        var field = type.DefineField("_assemblyName", typeof(string), FieldAttributes.Private);
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stfld, field);
        il.Emit(OpCodes.Ret);
        var property = type.DefineProperty("AssemblyName", PropertyAttributes.None, typeof(string), null);
        var getter = type.DefineMethod("get_AssemblyName", MethodAttributes.Public | MethodAttributes.SpecialName, typeof(string), []);
        il = getter.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
        property.SetGetMethod(getter);
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
