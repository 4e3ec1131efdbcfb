import { t } from "../i18n";
import { categories, categoryLabel } from "./categories";

interface Props {
  value: string;
  onChange(category: string): void;
  error?: string | undefined;
}

/** All categories at once, each a tap away. */
export function CategoryField({ value, onChange, error }: Props) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-base font-medium">{t("inventory.add.category")}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-2">
        {categories.map((category) => (
          <label
            key={category}
            className="press flex min-h-12 cursor-pointer items-center justify-center rounded-field border border-strong-line bg-card px-2 py-1 text-center has-checked:border-solid has-checked:bg-solid has-checked:text-on-solid has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-sky"
          >
            <input
              type="radio"
              name="category"
              value={category}
              checked={value === category}
              onChange={() => onChange(category)}
              className="sr-only"
            />
            {categoryLabel(category)}
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-sm text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
