using XoBlazor.Core.Plugins.Packages;

namespace XoBlazor.Core.Plugins.Hosting;

/// <summary>The two folders of a plugin: its code, unpacked anew from the kept package whenever it is loaded, and the folder it works in, its own as long as it is installed.</summary>
internal sealed class PluginFolders(string root, string id)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Code { get; } = Path.Combine(root, id, "code");

    public string Work { get; } = Path.Combine(root, id, "work");

    public void Prepare(PluginPackage package)
    {
        Directory.CreateDirectory(root, OwnerOnly);
        Directory.CreateDirectory(Path.Combine(root, id), OwnerOnly);
        Directory.CreateDirectory(Work, OwnerOnly);
        package.UnpackTo(Code);
    }

    public void Remove()
    {
        if (Directory.Exists(Path.Combine(root, id)))
            Directory.Delete(Path.Combine(root, id), recursive: true);
    }
}
