import Select from '@cloudscape-design/components/select';
import { detectors, type Detector } from '../api/config';
import { useLoaded, type Loaded } from './loaded';
import { useSession } from './session';

const KEY = 'tocsin.region';

/** The detectors of who is signed in, and the one of the Region that `region` says, else of the last one, else the first. */
export interface Places {
  loaded: Loaded<Detector[]>;
  own: Detector[];
  here: Detector | undefined;
}

export function usePlaces(region: string | null): Places {
  const { accountId } = useSession();
  const loaded = useLoaded('detectors', detectors);
  const own = (loaded.value ?? []).filter((one) => one.accountId === accountId);
  const wanted = region ?? window.localStorage.getItem(KEY);
  return { loaded, own, here: own.find((one) => one.region === wanted) ?? own[0] };
}

/** Which of the own Regions a page is about. */
export function RegionSelect({ places, onChange }: { places: Places; onChange: (region: string) => void }) {
  const options = places.own.map((one) => ({ value: one.region, label: one.region }));
  return (
    <Select
      ariaLabel="Region"
      selectedOption={options.find((one) => one.value === places.here?.region) ?? null}
      options={options}
      placeholder="No detector yet"
      onChange={({ detail }) => {
        const region = detail.selectedOption.value ?? '';
        window.localStorage.setItem(KEY, region);
        onChange(region);
      }}
    />
  );
}
