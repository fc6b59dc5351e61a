using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>A template that a VM could be made from, as it was when it was offered.</summary>
public sealed record TemplateChoice(ScenePool Pool, Vm Template)
{
    public ObjectKey Key => Pool.Picture!.Key(Template);

    public string Name => ObjectLooks.Name(Template);

    public string Description => ForeignText.Shown(Template.NameDescription);

    public string Tags => string.Join(' ', Template.Tags);

    /// <summary>Those that people made first, then those that came with the product, each by name.</summary>
    public static IEnumerable<TemplateChoice> All(Scene scene) => scene.Pools.Where(pool => pool.Picture is not null)
        .SelectMany(pool => pool.Picture!.All<Vm>().Where(vm => vm.Kind() is VmKind.Template or VmKind.DefaultTemplate).Select(vm => new TemplateChoice(pool, vm)))
        .OrderBy(one => one.Template.Kind() == VmKind.DefaultTemplate).ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(one => one.Pool.Name, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The template as it is now; null when it is gone.</summary>
    public TemplateChoice? Now(Scene scene) => scene.Pool(Key.Pool) is { Picture: { } picture } pool && picture.GetByUuid<Vm>(Template.Uuid) is { } there ? new(pool, there) : null;
}
