namespace Garam.Platform.Detection;

/// <summary>The models that are installed.</summary>
public interface IModelCatalog
{
    /// <summary>The installed model of a name; null while there is none, and rules that name it wait.</summary>
    IModel? Find(string name);
}
