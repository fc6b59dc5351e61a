using System.Reflection;
using System.Runtime.CompilerServices;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Assemblies;

/// <summary>One loading of a plugin's code, with its only instance. For one owner; after <see cref="Release"/> nothing here holds anything of it.</summary>
internal sealed class PluginCode
{
    private PluginLoadContext? _context;

    private PluginCode(PluginLoadContext context, Plugin plugin) => (_context, Plugin) = (context, plugin);

    /// <summary>Not after <see cref="Release"/>.</summary>
    public Plugin Plugin { get; private set; }

    /// <summary>Loads the code and makes the plugin. Fails with <see cref="PluginException"/> that explains what does not fit; nothing of it is held then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static PluginCode Load(PluginPackage package, PluginLoadings loadings)
    {
        if (package.Names.FirstOrDefault(IsNative) is { } native)
            throw new PluginException($"Its package has the native library '{ForeignText.Shown(native)}', and a plugin within the server loads none. Run it as a process of its own ('command' in {ManifestReader.FileName}).", isLasting: true);
        var context = new PluginLoadContext(package);
        loadings.Add(context);
        try
        {
            return new(context, Make(context.Read(package.Manifest.Assembly!)));
        }
        catch (Exception failed)
        {
            context.Unload();
            // Words only: the exception holds on to what it comes from.
            throw new PluginException(failed is PluginException ? failed.Message : $"Its code cannot be used: {Words(failed)}", isLasting: true);
        }
    }

    /// <summary>Lets it go; it is gone when nothing of its own holds on either.</summary>
    public void Release()
    {
        Plugin = null!;
        _context?.Unload();
        _context = null;
    }

    /// <summary>What an exception says, as far as that can be had without harm.</summary>
    public static string Words(Exception failed)
    {
        const int Longest = 500;
        try
        {
            var inner = failed is TargetInvocationException { InnerException: { } thrown } ? thrown : failed;
            var text = inner is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first.Message : inner.Message;
            return ForeignText.Shown(text.Length switch
            {
                0 => inner.GetType().Name,
                > Longest => text[..Longest] + "…",
                _ => text,
            });
        }
        catch (Exception)
        {
            // An exception of a plugin's own may fail to say what it is.
            return "an error without words";
        }
    }

    private static Plugin Make(Assembly assembly)
    {
        var (own, current) = (assembly.GetName().Name ?? "It", typeof(Plugin).Assembly.GetName());
        var contract = assembly.GetReferencedAssemblies().FirstOrDefault(one => one.Name == current.Name)
            ?? throw new PluginException($"{ForeignText.Shown(own)} is not built against {current.Name}, and so holds no plugin.");
        if (contract.Version > current.Version)
            throw new PluginException($"{ForeignText.Shown(own)} is built against {current.Name} {contract.Version!.ToString(2)}; this server has {current.Version!.ToString(2)}. Update the server, or build the plugin against that.");
        var plugins = assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsSubclassOf(typeof(Plugin))).ToList();
        return plugins switch
        {
            [] => throw new PluginException($"{ForeignText.Shown(own)} has no public class that derives from {typeof(Plugin).FullName}. Make one."),
            [var only] when only.GetConstructor(Type.EmptyTypes) is null => throw new PluginException($"{ForeignText.Shown(only.FullName ?? only.Name)} has no public constructor without parameters. Give it one."),
            [var only] => (Plugin)Activator.CreateInstance(only)!,
            _ => throw new PluginException($"{ForeignText.Shown(own)} has {plugins.Count} public classes that derive from {typeof(Plugin).FullName}: {ForeignText.Shown(string.Join(", ", plugins.Take(5).Select(type => type.Name)))}. A package holds one plugin; make the others internal."),
        };
    }

    private static bool IsNative(string file) => Path.GetExtension(file) is ".so" or ".dylib" || file.Contains(".so.", StringComparison.Ordinal) || (file.StartsWith("runtimes/", StringComparison.Ordinal) && file.Contains("/native/", StringComparison.Ordinal));
}
