using System.Reflection;
using System.Reflection.Emit;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Assemblies with classes of plugins in them, made as they are needed.</summary>
internal static class MadeAssembly
{
    /// <param name="isWhole">The classes have what a plugin must have.</param>
    public static byte[] With(bool isWhole, params IEnumerable<string> classes)
    {
        var assembly = new PersistedAssemblyBuilder(new("Made"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("Made");
        foreach (var name in classes)
        {
            var type = module.DefineType(name, TypeAttributes.Public, typeof(Plugin));
            if (isWhole)
                foreach (var property in (string[])["Id", "Version"])
                {
                    var getter = type.DefineMethod($"get_{property}", MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.SpecialName, typeof(string), []);
                    var body = getter.GetILGenerator();
                    body.Emit(OpCodes.Ldstr, "made");
                    body.Emit(OpCodes.Ret);
                }
            type.CreateType();
        }

        // What refers to nothing of the contract is no plugin of any version.
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }
}
