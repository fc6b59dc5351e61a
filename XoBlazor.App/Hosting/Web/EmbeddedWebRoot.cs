using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace XoBlazor.App.Hosting.Web;

/// <summary>
/// The web root inside the executable. Only the published file has one (<c>SingleFile.targets</c>); a plain build serves the
/// files of the source tree.
/// </summary>
internal sealed class EmbeddedWebRoot : IFileProvider
{
    private const string Prefix = "web/";
    private const string Endpoints = "webendpoints.json";

    private static readonly Assembly s_assembly = typeof(EmbeddedWebRoot).Assembly;

    private readonly HashSet<string> _names = [.. s_assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
    private readonly DateTimeOffset _built = File.GetLastWriteTimeUtc(Environment.ProcessPath ?? AppContext.BaseDirectory);

    public static bool Exists { get; } = s_assembly.GetManifestResourceInfo(Endpoints) is not null;

    public static Stream OpenEndpoints() => s_assembly.GetManifestResourceStream(Endpoints)!;

    public IFileInfo GetFileInfo(string subpath)
    {
        var name = Prefix + subpath.TrimStart('/');
        return _names.Contains(name) ? new Resource(name, _built) : new NotFoundFileInfo(subpath);
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Resource(string name, DateTimeOffset built) : IFileInfo
    {
        private long? _length;

        public bool Exists => true;

        public long Length
        {
            get
            {
                if (_length is null)
                {
                    using var stream = CreateReadStream();
                    _length = stream.Length;
                }
                return _length.Value;
            }
        }

        public string? PhysicalPath => null;

        public string Name => Path.GetFileName(name);

        public DateTimeOffset LastModified => built;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => s_assembly.GetManifestResourceStream(name)!;
    }
}
