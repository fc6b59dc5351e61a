using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Layout;

/// <summary>One visible line of the inventory tree. Equal lines look equal.</summary>
/// <param name="Object">What the line stands for; null for a pool that was never read, and for groups.</param>
/// <param name="IsOpen">Null for a leaf.</param>
internal sealed record TreeNode(string Id, int Depth, ScenePool Pool, XapiObject? Object, string Icon, string Name, string? Url, string Tone, string? Word, bool? IsOpen);
