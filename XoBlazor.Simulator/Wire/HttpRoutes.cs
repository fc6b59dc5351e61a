namespace XoBlazor.Simulator.Wire;

/// <summary>HTTP requests of a pool that are no RPC, by method and the longest beginning of the path. Registered before the pool starts.</summary>
internal sealed class HttpRoutes
{
    private readonly List<(string Method, PathString Path, RequestDelegate Handler)> _routes = [];

    public void Register(string method, string path, RequestDelegate handler)
    {
        _routes.Add((method, path, handler));
        _routes.Sort((a, b) => b.Path.Value!.Length - a.Path.Value!.Length);
    }

    public RequestDelegate? Find(string method, PathString path) =>
        _routes.FirstOrDefault(r => r.Method == method && path.StartsWithSegments(r.Path, StringComparison.Ordinal)).Handler;
}
