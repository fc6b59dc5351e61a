namespace XoBlazor.App.Components.Plugins.Forms;

/// <summary>Something that can be chosen.</summary>
/// <param name="Value">What is kept of it.</param>
/// <param name="Where">Beside its name, to tell two of the same name apart.</param>
internal sealed record ChooserOption(string Value, string Name, string Icon, string Where);
